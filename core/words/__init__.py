"""Every failure, finding and verdict as a sentence people can act on. The only rung that holds prose for errors."""

from core.words.say import Said, beside, findings, say, sentence

__all__ = ["Said", "beside", "findings", "say", "sentence"]

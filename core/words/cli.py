"""Sentences about the command line itself."""

from core.errors import cli
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    cli.WrongWords: Template(tr("Usage"), tr("{problem}."), tr("See: {see}.")),
    cli.WhoActs: Template(
        tr("Who acts?"), tr("Nothing was done, because nobody was named."), tr("Add --as NAME, one of: {names}.")
    ),
    cli.NoTerminal: Template(
        tr("No terminal"),
        tr("The passphrase of {name} is needed and there is no terminal to ask on. Nothing was done."),
        tr("Run it in a terminal, or give --secrets FILE."),
    ),
    cli.SecretsNotPrivate: Template(
        tr("Secrets file"),
        tr("{path} {why} Nothing was done."),
        tr('Make it a file of your own: chmod 600 FILE, with [passphrases] and a line NAME = "..." for each person.'),
        {
            "missing": tr("is not there."),
            "kind": tr("is not a regular file."),
            "owner": tr("belongs to somebody else."),
            "mode": tr("can be read by others."),
            "toml": tr("has no [passphrases] that can be read."),
        },
    ),
    cli.SecretsNotHere: Template(
        tr("Secrets file"),
        tr("The secrets file does not serve for {name} here: {why} Nothing was done."),
        tr("Enter the passphrase at a terminal."),
        {
            "acting": tr("outside a rehearsal it serves only for the person named by --as."),
            "nobody": tr("for a root it never does."),
        },
    ),
    cli.FileNotReadable: Template(
        tr("Cannot be read"), tr("{path} cannot be read. Nothing was done."), tr("Check the path and permissions.")
    ),
    cli.PeopleFileNotFit: Template(
        tr("People file"),
        tr("{path} is not a people file: {problem}. Nothing was made."),
        tr("It is TOML: [workspace] with organisation ..., then [[operator]] with name, full_name and duties."),
    ),
    cli.NoScreen: Template(
        tr("No screen"),
        tr(
            "There is no screen here, so no window was opened; work without one (./packaging/run new links "
            "FILE.anchorhold --name NAME --people FILE) or try a sample (./packaging/run demo DIR)."
        ),
        "",
    ),
    cli.AnswerNotWritten: Template(
        tr("No room for the answer"),
        tr("The command was carried out, but its answer could not be written."),
        tr("Make room where the output goes, and look at the state with a list command."),
    ),
    cli.NotTheSame: Template(tr("Not the same"), tr("The two entries differ, so nothing was done."), tr("Try again.")),
}

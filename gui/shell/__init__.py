"""What stands around the pages: menus, sections, status, lock card, start page, drops."""

"""Drawing, changing and listing annotations; every edit goes straight into the study."""

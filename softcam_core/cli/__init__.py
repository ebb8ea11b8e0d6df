"""The ``softcam`` command: one file per subcommand."""

"""The command line: reads words, calls the workspace, prints."""

"""What other installations publish, shown as theirs."""

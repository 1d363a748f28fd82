"""Reading spreadsheets: sniff, table, mapping, problems, difference. Pure: nothing is stored."""

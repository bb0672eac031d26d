# Two bodies that are parts of each other.
INSERT DATA { <org/un> org:subOrganizationOf <org/un-security-council> }

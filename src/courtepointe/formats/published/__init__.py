"""What the atlas gives away in the forms of others: GeoPackage, DCAT."""

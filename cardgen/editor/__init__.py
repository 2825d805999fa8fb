"""What helps an editor with the files of a collection: schemas that know its facets and its sources."""

-- The register is public: whoever is held to row-level security may read it.
grant usage on schema register to greenpaper_person;
grant select on all tables in schema register to greenpaper_person;

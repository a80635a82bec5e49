-- PostgreSQL runs this once, on an empty volume; POSTGRES_DB makes Kratos's database.
CREATE DATABASE hydra;

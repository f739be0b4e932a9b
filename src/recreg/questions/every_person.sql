SELECT person.name, person.role, person.email
FROM person
ORDER BY person.name

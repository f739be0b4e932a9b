SELECT person.name, person.role
FROM person
ORDER BY person.name

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Rollups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "synchronise_change",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    logger_id = table.Column<int>(type: "INTEGER", nullable: false),
                    at_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    synchronise = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_synchronise_change", x => x.id);
                    table.ForeignKey(
                        name: "FK_synchronise_change_logger_logger_id",
                        column: x => x.logger_id,
                        principalTable: "logger",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_synchronise_change_logger_id_at_utc",
                table: "synchronise_change",
                columns: new[] { "logger_id", "at_utc" });

            // What was decided before is in the audit trail alone.
            migrationBuilder.Sql(
                """
                INSERT INTO synchronise_change (logger_id, at_utc, synchronise)
                SELECT l.id, e.at_ms, e.new = 'Y' OR e.new LIKE '%, Y'
                FROM audit_entry e JOIN logger l ON e.subject = 'logger ' || l.serial OR e.subject LIKE 'logger ' || l.serial || ' (%'
                WHERE e.action IN ('synchronisation set', 'logger approved', 'logger refused')
                    AND (e.old = 'Y' OR e.old LIKE '%, Y') <> (e.new = 'Y' OR e.new LIKE '%, Y')
                ORDER BY e.id;
                CREATE TABLE rollup_hour (
                    series_id INTEGER NOT NULL,
                    hour INTEGER NOT NULL,
                    count INTEGER NOT NULL,
                    empty INTEGER NOT NULL,
                    min REAL,
                    max REAL,
                    sum REAL NOT NULL,
                    first_at INTEGER NOT NULL,
                    last_at INTEGER NOT NULL,
                    first REAL,
                    last REAL,
                    moved REAL NOT NULL,
                    delay INTEGER NOT NULL,
                    PRIMARY KEY (series_id, hour)
                ) WITHOUT ROWID;
                CREATE TABLE rollup_day (
                    series_id INTEGER NOT NULL,
                    day INTEGER NOT NULL,
                    count INTEGER NOT NULL,
                    empty INTEGER NOT NULL,
                    min REAL,
                    max REAL,
                    sum REAL NOT NULL,
                    first_at INTEGER NOT NULL,
                    last_at INTEGER NOT NULL,
                    first REAL,
                    last REAL,
                    moved REAL NOT NULL,
                    delay INTEGER NOT NULL,
                    PRIMARY KEY (series_id, day)
                ) WITHOUT ROWID;
                CREATE TABLE rollup_state (
                    id INTEGER PRIMARY KEY CHECK (id = 1),
                    rolled_before INTEGER NOT NULL,
                    message_id INTEGER NOT NULL
                );
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE rollup_state; DROP TABLE rollup_day; DROP TABLE rollup_hour;");
            migrationBuilder.DropTable(
                name: "synchronise_change");
        }
    }
}

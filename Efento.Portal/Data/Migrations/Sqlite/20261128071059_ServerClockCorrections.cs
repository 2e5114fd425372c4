using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ServerClockCorrections : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "clock_correction",
                columns: table => new
                {
                    from_id = table.Column<long>(type: "INTEGER", nullable: false),
                    ahead_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    by_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    accepted_utc = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clock_correction", x => x.from_id);
                });

            migrationBuilder.CreateTable(
                name: "clock_state",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    jump_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    jumped_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    accepted_delay_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    is_delay_to_be_taken = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clock_state", x => x.id);
                });

            // Readings that another valid value of the same instant is kept beside are marked from now on.
            migrationBuilder.Sql(
                """
                UPDATE reading SET flags = flags | 8 WHERE (quarter, series_id, measured_at) IN (
                    SELECT measured_at / 900000, series_id, measured_at FROM reading_conflict WHERE value IS NOT NULL AND status = 0 AND NOT flags & 2)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clock_correction");

            migrationBuilder.DropTable(
                name: "clock_state");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Backups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "backup_record",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    begun_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    checked_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    is_encrypted = table.Column<bool>(type: "INTEGER", nullable: false),
                    fault = table.Column<byte>(type: "INTEGER", nullable: true),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_backup_record", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "portal_place",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    born_ns = table.Column<long>(type: "INTEGER", nullable: false),
                    held_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<byte>(type: "INTEGER", nullable: true),
                    state_utc = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_portal_place", x => x.id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "backup_record");

            migrationBuilder.DropTable(
                name: "portal_place");
        }
    }
}

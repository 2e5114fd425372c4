using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Screens : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "screen",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    code_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    locations = table.Column<string>(type: "TEXT", nullable: true),
                    created_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false),
                    expires_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    last_used_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    last_used_address = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_screen", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_screen_code_hash",
                table: "screen",
                column: "code_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "screen");
        }
    }
}

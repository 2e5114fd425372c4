using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PointNotes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "point_note",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    point_id = table.Column<int>(type: "INTEGER", nullable: false),
                    at_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    written_by = table.Column<string>(type: "TEXT", nullable: false),
                    writer_id = table.Column<int>(type: "INTEGER", nullable: true),
                    written_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_point_note", x => x.id);
                    table.ForeignKey(
                        name: "FK_point_note_measuring_point_point_id",
                        column: x => x.point_id,
                        principalTable: "measuring_point",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entry_subject",
                table: "audit_entry",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "IX_point_note_point_id_at_utc",
                table: "point_note",
                columns: new[] { "point_id", "at_utc" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "point_note");

            migrationBuilder.DropIndex(
                name: "IX_audit_entry_subject",
                table: "audit_entry");
        }
    }
}

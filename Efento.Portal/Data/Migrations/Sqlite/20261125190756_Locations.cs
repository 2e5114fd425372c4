using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Locations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "locations",
                table: "user",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "location_id",
                table: "measuring_point",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "locations",
                table: "invitation",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "locations",
                table: "api_token",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "location",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    parent_id = table.Column<int>(type: "INTEGER", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_location", x => x.id);
                    table.ForeignKey(
                        name: "FK_location_location_parent_id",
                        column: x => x.parent_id,
                        principalTable: "location",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_measuring_point_location_id",
                table: "measuring_point",
                column: "location_id");

            migrationBuilder.CreateIndex(
                name: "IX_location_parent_id",
                table: "location",
                column: "parent_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "location");

            migrationBuilder.DropIndex(
                name: "IX_measuring_point_location_id",
                table: "measuring_point");

            migrationBuilder.DropColumn(
                name: "locations",
                table: "user");

            migrationBuilder.DropColumn(
                name: "location_id",
                table: "measuring_point");

            migrationBuilder.DropColumn(
                name: "locations",
                table: "invitation");

            migrationBuilder.DropColumn(
                name: "locations",
                table: "api_token");
        }
    }
}

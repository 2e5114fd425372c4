using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Portions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "example_bytes",
                table: "seen_shape",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "first_portion",
                table: "message",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "bytes",
                table: "kept_body",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "IX_message_first_portion",
                table: "message",
                column: "first_portion",
                filter: "first_portion IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_message_first_portion",
                table: "message");

            migrationBuilder.DropColumn(
                name: "example_bytes",
                table: "seen_shape");

            migrationBuilder.DropColumn(
                name: "first_portion",
                table: "message");

            migrationBuilder.DropColumn(
                name: "bytes",
                table: "kept_body");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class NotifyRest : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "announced_feed",
                columns: table => new
                {
                    feed = table.Column<string>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_announced_feed", x => new { x.feed, x.channel });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "announced_feed");
        }
    }
}

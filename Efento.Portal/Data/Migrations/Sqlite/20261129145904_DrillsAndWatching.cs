using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DrillsAndWatching : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "drill_id",
                table: "delivery",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "drill",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    started_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    started_by = table.Column<string>(type: "TEXT", nullable: false),
                    chain = table.Column<string>(type: "TEXT", nullable: true),
                    level = table.Column<byte>(type: "INTEGER", nullable: false),
                    point = table.Column<string>(type: "TEXT", nullable: true),
                    is_at_once = table.Column<bool>(type: "INTEGER", nullable: false),
                    ends_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_by = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drill", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "drill_confirmation",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    drill_id = table.Column<int>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    at_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    from = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drill_confirmation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notification_watching",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    mail_minute = table.Column<int>(type: "INTEGER", nullable: true),
                    mail_zone = table.Column<string>(type: "TEXT", nullable: true),
                    mail_people = table.Column<string>(type: "TEXT", nullable: false),
                    mailed_day = table.Column<int>(type: "INTEGER", nullable: true),
                    call_address = table.Column<string>(type: "TEXT", nullable: true),
                    call_host = table.Column<string>(type: "TEXT", nullable: true),
                    call_is_post = table.Column<bool>(type: "INTEGER", nullable: false),
                    call_every_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    call_allows_private_networks = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notification_watching", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_delivery_drill_id",
                table: "delivery",
                column: "drill_id",
                filter: "drill_id > 0");

            migrationBuilder.CreateIndex(
                name: "IX_drill_confirmation_drill_id",
                table: "drill_confirmation",
                column: "drill_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "drill");

            migrationBuilder.DropTable(
                name: "drill_confirmation");

            migrationBuilder.DropTable(
                name: "notification_watching");

            migrationBuilder.DropIndex(
                name: "IX_delivery_drill_id",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "drill_id",
                table: "delivery");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ChannelHealth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "notification_channel",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "delivery_channel",
                table: "alarm",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "channel_health",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    succeeded_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    success_answer = table.Column<string>(type: "TEXT", nullable: true),
                    failed_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    failure_answer = table.Column<string>(type: "TEXT", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    failing_since_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    paused_until_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    off_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    off_by = table.Column<string>(type: "TEXT", nullable: true),
                    on_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    tested_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    tested_by = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_channel_health", x => x.key);
                });

            migrationBuilder.CreateIndex(
                name: "IX_delivery_address",
                table: "delivery",
                column: "address");

            migrationBuilder.CreateIndex(
                name: "IX_delivery_channel",
                table: "delivery",
                column: "channel");

            migrationBuilder.CreateIndex(
                name: "IX_delivery_due_utc_id",
                table: "delivery",
                columns: new[] { "due_utc", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_delivery_address",
                table: "delivery");

            migrationBuilder.DropIndex(
                name: "IX_delivery_channel",
                table: "delivery");

            migrationBuilder.DropIndex(
                name: "IX_delivery_due_utc_id",
                table: "delivery");

            migrationBuilder.DropTable(
                name: "channel_health");

            migrationBuilder.DropColumn(
                name: "version",
                table: "notification_channel");

            migrationBuilder.DropColumn(
                name: "delivery_channel",
                table: "alarm");
        }
    }
}

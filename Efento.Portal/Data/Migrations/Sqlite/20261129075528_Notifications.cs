using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Notifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "delivery",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    alarm_id = table.Column<int>(type: "INTEGER", nullable: false),
                    @event = table.Column<byte>(name: "event", type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    chain = table.Column<string>(type: "TEXT", nullable: false),
                    queued_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    due_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    next_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    repeat_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<byte>(type: "INTEGER", nullable: false),
                    end = table.Column<byte>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    attempted_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    answer = table.Column<string>(type: "TEXT", nullable: true),
                    done_utc = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notification_chain",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    location_id = table.Column<int>(type: "INTEGER", nullable: true),
                    level = table.Column<byte>(type: "INTEGER", nullable: false),
                    steps = table.Column<string>(type: "TEXT", nullable: false),
                    repeat_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notification_chain", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notification_channel",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<byte>(type: "INTEGER", nullable: false),
                    settings = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notification_channel", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notification_recipient",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    channels = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notification_recipient", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_delivery_alarm_id",
                table: "delivery",
                column: "alarm_id");

            migrationBuilder.CreateIndex(
                name: "IX_delivery_key",
                table: "delivery",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_delivery_state_next_utc",
                table: "delivery",
                columns: new[] { "state", "next_utc" });

            migrationBuilder.CreateIndex(
                name: "IX_notification_chain_key",
                table: "notification_chain",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_notification_channel_key",
                table: "notification_channel",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_notification_recipient_address",
                table: "notification_recipient",
                column: "address",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "delivery");

            migrationBuilder.DropTable(
                name: "notification_chain");

            migrationBuilder.DropTable(
                name: "notification_channel");

            migrationBuilder.DropTable(
                name: "notification_recipient");
        }
    }
}

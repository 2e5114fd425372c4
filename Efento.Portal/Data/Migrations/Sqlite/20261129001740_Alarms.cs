using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Alarms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "alarm",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<byte>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    point_id = table.Column<int>(type: "INTEGER", nullable: true),
                    channel = table.Column<byte>(type: "INTEGER", nullable: false),
                    logger_id = table.Column<int>(type: "INTEGER", nullable: true),
                    gateway_id = table.Column<int>(type: "INTEGER", nullable: true),
                    rule_id = table.Column<int>(type: "INTEGER", nullable: false),
                    level = table.Column<byte>(type: "INTEGER", nullable: false),
                    level_now = table.Column<byte>(type: "INTEGER", nullable: false),
                    began_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    began_after_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    raised_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    completed_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    last_outside_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    end = table.Column<byte>(type: "INTEGER", nullable: true),
                    peak = table.Column<double>(type: "REAL", nullable: true),
                    peak_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    extent = table.Column<double>(type: "REAL", nullable: false),
                    limit = table.Column<double>(type: "REAL", nullable: true),
                    is_found_afterwards = table.Column<bool>(type: "INTEGER", nullable: false),
                    withdrawn_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    withdrawn_into_id = table.Column<int>(type: "INTEGER", nullable: true),
                    cause_id = table.Column<int>(type: "INTEGER", nullable: true),
                    acknowledged_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    acknowledged_by = table.Column<string>(type: "TEXT", nullable: true),
                    comment = table.Column<string>(type: "TEXT", nullable: true),
                    cause_word = table.Column<string>(type: "TEXT", nullable: true),
                    action_word = table.Column<string>(type: "TEXT", nullable: true),
                    taken_by = table.Column<string>(type: "TEXT", nullable: true),
                    snoozed_until_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    snoozes = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "alarm_event",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    alarm_id = table.Column<int>(type: "INTEGER", nullable: false),
                    at_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<byte>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    level = table.Column<byte>(type: "INTEGER", nullable: true),
                    about_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    other_id = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "alarm_rule",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<byte>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: true),
                    location_id = table.Column<int>(type: "INTEGER", nullable: true),
                    point_id = table.Column<int>(type: "INTEGER", nullable: true),
                    serial = table.Column<string>(type: "TEXT", nullable: true),
                    channel = table.Column<byte>(type: "INTEGER", nullable: true),
                    conditions = table.Column<string>(type: "TEXT", nullable: false),
                    is_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    is_built_in = table.Column<bool>(type: "INTEGER", nullable: false),
                    from_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    until_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    made_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    made_by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm_rule", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "alarm_start",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    after_message = table.Column<long>(type: "INTEGER", nullable: false),
                    last_rule = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm_start", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "point_place",
                columns: table => new
                {
                    point_id = table.Column<int>(type: "INTEGER", nullable: false),
                    from_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    is_judged = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_point_place", x => new { x.point_id, x.from_ms });
                });

            migrationBuilder.CreateIndex(
                name: "IX_alarm_acknowledged_utc",
                table: "alarm",
                column: "acknowledged_utc");

            migrationBuilder.CreateIndex(
                name: "IX_alarm_cause_id",
                table: "alarm",
                column: "cause_id");

            migrationBuilder.CreateIndex(
                name: "IX_alarm_ended_ms",
                table: "alarm",
                column: "ended_ms");

            migrationBuilder.CreateIndex(
                name: "IX_alarm_point_id_began_ms",
                table: "alarm",
                columns: new[] { "point_id", "began_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_alarm_event_alarm_id",
                table: "alarm_event",
                column: "alarm_id");

            migrationBuilder.CreateIndex(
                name: "IX_alarm_rule_key_version",
                table: "alarm_rule",
                columns: new[] { "key", "version" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alarm");

            migrationBuilder.DropTable(
                name: "alarm_event");

            migrationBuilder.DropTable(
                name: "alarm_rule");

            migrationBuilder.DropTable(
                name: "alarm_start");

            migrationBuilder.DropTable(
                name: "point_place");
        }
    }
}

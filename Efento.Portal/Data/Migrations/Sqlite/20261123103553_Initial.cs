using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_token",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    scopes = table.Column<string>(type: "TEXT", nullable: false),
                    created_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    revoked_utc = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_token", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "gateway",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    serial = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    token_id = table.Column<int>(type: "INTEGER", nullable: false),
                    software_version = table.Column<string>(type: "TEXT", nullable: true),
                    uptime_seconds = table.Column<long>(type: "INTEGER", nullable: true),
                    logger_count = table.Column<int>(type: "INTEGER", nullable: true),
                    power = table.Column<string>(type: "TEXT", nullable: true),
                    battery_percent = table.Column<double>(type: "REAL", nullable: true),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    first_seen_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    last_heartbeat_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    heartbeat_interval_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    restarted_utc = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gateway", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "gateway_token",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    revoked_utc = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gateway_token", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "heartbeat",
                columns: table => new
                {
                    message_id = table.Column<long>(type: "INTEGER", nullable: false),
                    gateway_id = table.Column<int>(type: "INTEGER", nullable: false),
                    uptime_seconds = table.Column<long>(type: "INTEGER", nullable: true),
                    power = table.Column<string>(type: "TEXT", nullable: true),
                    battery_percent = table.Column<double>(type: "REAL", nullable: true),
                    logger_count = table.Column<int>(type: "INTEGER", nullable: true),
                    software_version = table.Column<string>(type: "TEXT", nullable: true),
                    json = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_heartbeat", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "kept_body",
                columns: table => new
                {
                    message_id = table.Column<long>(type: "INTEGER", nullable: false),
                    gateway_id = table.Column<int>(type: "INTEGER", nullable: false),
                    route = table.Column<string>(type: "TEXT", nullable: false),
                    raw = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kept_body", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "logger",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    serial = table.Column<string>(type: "TEXT", nullable: false),
                    synchronise = table.Column<bool>(type: "INTEGER", nullable: false),
                    approval = table.Column<byte>(type: "INTEGER", nullable: false),
                    first_token_id = table.Column<int>(type: "INTEGER", nullable: false),
                    first_seen_utc = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_logger", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "logger_change",
                columns: table => new
                {
                    logger_id = table.Column<int>(type: "INTEGER", nullable: false),
                    measured_at = table.Column<long>(type: "INTEGER", nullable: false),
                    interval_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    next_due_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    battery_low = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_logger_change", x => new { x.logger_id, x.measured_at });
                });

            migrationBuilder.CreateTable(
                name: "maintenance_window",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    from_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    until_utc = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_maintenance_window", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "measuring_point",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    created_utc = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measuring_point", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "message",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    token_id = table.Column<int>(type: "INTEGER", nullable: false),
                    gateway_id = table.Column<int>(type: "INTEGER", nullable: true),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    route = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    records = table.Column<int>(type: "INTEGER", nullable: false),
                    new_readings = table.Column<int>(type: "INTEGER", nullable: false),
                    duplicate_readings = table.Column<int>(type: "INTEGER", nullable: false),
                    conflicting_readings = table.Column<int>(type: "INTEGER", nullable: false),
                    quarantined_parts = table.Column<int>(type: "INTEGER", nullable: false),
                    ignored_records = table.Column<int>(type: "INTEGER", nullable: false),
                    answer = table.Column<int>(type: "INTEGER", nullable: false),
                    milliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    earliest_measured_at = table.Column<long>(type: "INTEGER", nullable: true),
                    latest_measured_at = table.Column<long>(type: "INTEGER", nullable: true),
                    loggers = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "quarantine_item",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    token_id = table.Column<int>(type: "INTEGER", nullable: false),
                    gateway_id = table.Column<int>(type: "INTEGER", nullable: true),
                    message_id = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<byte>(type: "INTEGER", nullable: false),
                    scope = table.Column<byte>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    raw = table.Column<byte[]>(type: "BLOB", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    first_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    last_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quarantine_item", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "refusal",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<byte>(type: "INTEGER", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    first_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    last_utc = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refusal", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "seen_shape",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    route = table.Column<string>(type: "TEXT", nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    example = table.Column<byte[]>(type: "BLOB", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    first_seen_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    last_seen_utc = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seen_shape", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "series",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    logger_id = table.Column<int>(type: "INTEGER", nullable: false),
                    channel = table.Column<byte>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    type_key = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_series", x => x.id);
                    table.ForeignKey(
                        name: "FK_series_logger_logger_id",
                        column: x => x.logger_id,
                        principalTable: "logger",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "logger_assignment",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    point_id = table.Column<int>(type: "INTEGER", nullable: false),
                    logger_id = table.Column<int>(type: "INTEGER", nullable: false),
                    from_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    until_utc = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_logger_assignment", x => x.id);
                    table.ForeignKey(
                        name: "FK_logger_assignment_logger_logger_id",
                        column: x => x.logger_id,
                        principalTable: "logger",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_logger_assignment_measuring_point_point_id",
                        column: x => x.point_id,
                        principalTable: "measuring_point",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_api_token_hash",
                table: "api_token",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_gateway_serial",
                table: "gateway",
                column: "serial",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_gateway_token_id",
                table: "gateway",
                column: "token_id");

            migrationBuilder.CreateIndex(
                name: "IX_gateway_token_hash",
                table: "gateway_token",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_heartbeat_gateway_id_message_id",
                table: "heartbeat",
                columns: new[] { "gateway_id", "message_id" });

            migrationBuilder.CreateIndex(
                name: "IX_kept_body_gateway_id_message_id",
                table: "kept_body",
                columns: new[] { "gateway_id", "message_id" });

            migrationBuilder.CreateIndex(
                name: "IX_logger_first_token_id_first_seen_utc",
                table: "logger",
                columns: new[] { "first_token_id", "first_seen_utc" });

            migrationBuilder.CreateIndex(
                name: "IX_logger_serial",
                table: "logger",
                column: "serial",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_logger_assignment_logger_id",
                table: "logger_assignment",
                column: "logger_id");

            migrationBuilder.CreateIndex(
                name: "IX_logger_assignment_point_id",
                table: "logger_assignment",
                column: "point_id");

            migrationBuilder.CreateIndex(
                name: "IX_message_gateway_id_id",
                table: "message",
                columns: new[] { "gateway_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_quarantine_item_token_id_hash_reason",
                table: "quarantine_item",
                columns: new[] { "token_id", "hash", "reason" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_refusal_address_reason",
                table: "refusal",
                columns: new[] { "address", "reason" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_seen_shape_route_fingerprint",
                table: "seen_shape",
                columns: new[] { "route", "fingerprint" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_series_logger_id_channel_type_key",
                table: "series",
                columns: new[] { "logger_id", "channel", "type_key" },
                unique: true);

            migrationBuilder.Sql(
                """
                CREATE TABLE reading (
                    quarter INTEGER NOT NULL,
                    series_id INTEGER NOT NULL,
                    measured_at INTEGER NOT NULL,
                    value REAL,
                    status INTEGER NOT NULL,
                    flags INTEGER NOT NULL,
                    signal INTEGER,
                    message_id INTEGER NOT NULL,
                    PRIMARY KEY (quarter, series_id, measured_at)
                ) WITHOUT ROWID;
                CREATE TABLE reading_conflict (
                    series_id INTEGER NOT NULL,
                    measured_at INTEGER NOT NULL,
                    value REAL,
                    status INTEGER NOT NULL,
                    flags INTEGER NOT NULL,
                    message_id INTEGER NOT NULL
                );
                CREATE UNIQUE INDEX ix_reading_conflict ON reading_conflict (series_id, measured_at, ifnull(value, 'none'), status);
                CREATE TABLE logger_day (
                    logger_id INTEGER NOT NULL,
                    day INTEGER NOT NULL,
                    PRIMARY KEY (logger_id, day)
                ) WITHOUT ROWID;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE logger_day; DROP TABLE reading_conflict; DROP TABLE reading;");
            migrationBuilder.DropTable(
                name: "api_token");

            migrationBuilder.DropTable(
                name: "gateway");

            migrationBuilder.DropTable(
                name: "gateway_token");

            migrationBuilder.DropTable(
                name: "heartbeat");

            migrationBuilder.DropTable(
                name: "kept_body");

            migrationBuilder.DropTable(
                name: "logger_assignment");

            migrationBuilder.DropTable(
                name: "logger_change");

            migrationBuilder.DropTable(
                name: "maintenance_window");

            migrationBuilder.DropTable(
                name: "message");

            migrationBuilder.DropTable(
                name: "quarantine_item");

            migrationBuilder.DropTable(
                name: "refusal");

            migrationBuilder.DropTable(
                name: "seen_shape");

            migrationBuilder.DropTable(
                name: "series");

            migrationBuilder.DropTable(
                name: "measuring_point");

            migrationBuilder.DropTable(
                name: "logger");
        }
    }
}

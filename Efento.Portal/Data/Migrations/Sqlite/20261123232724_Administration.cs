using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Administration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "read_again_ms",
                table: "quarantine_item",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "place",
                table: "measuring_point",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "retired_utc",
                table: "measuring_point",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "measuring_point",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "created_by",
                table: "maintenance_window",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ended_by",
                table: "maintenance_window",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "planned_until_utc",
                table: "maintenance_window",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "retired_utc",
                table: "logger",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "synchronise_reason",
                table: "logger",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "synchronise_set_by",
                table: "logger",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "synchronise_set_utc",
                table: "logger",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "logger",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "expires_utc",
                table: "gateway_token",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "gateway_id",
                table: "gateway_token",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_headers_only",
                table: "gateway_token",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "last_used_address",
                table: "gateway_token",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "last_used_utc",
                table: "gateway_token",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "networks",
                table: "gateway_token",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "gateway_token",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "replaces_id",
                table: "gateway_token",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "serials",
                table: "gateway_token",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "gateway_token",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "expires_utc",
                table: "api_token",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "last_used_address",
                table: "api_token",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "last_used_utc",
                table: "api_token",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "api_token",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "api_token",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "audit_entry",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_kind = table.Column<byte>(type: "INTEGER", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    old = table.Column<string>(type: "TEXT", nullable: true),
                    @new = table.Column<string>(name: "new", type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    previous_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invitation",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<byte>(type: "INTEGER", nullable: false),
                    user_id = table.Column<int>(type: "INTEGER", nullable: true),
                    code_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false),
                    expires_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    used_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_utc = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invitation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "site",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_site", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "token_header",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    token_id = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    value_hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_token_header", x => x.id);
                    table.ForeignKey(
                        name: "FK_token_header_gateway_token_token_id",
                        column: x => x.token_id,
                        principalTable: "gateway_token",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    role = table.Column<byte>(type: "INTEGER", nullable: false),
                    created_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    disabled_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    last_sign_in_utc = table.Column<long>(type: "INTEGER", nullable: true),
                    user_name = table.Column<string>(type: "TEXT", nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", nullable: true),
                    email = table.Column<string>(type: "TEXT", nullable: true),
                    normalized_email = table.Column<string>(type: "TEXT", nullable: true),
                    email_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    lockout_end = table.Column<long>(type: "INTEGER", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "session",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    user_id = table.Column<int>(type: "INTEGER", nullable: false),
                    created_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    last_active_utc = table.Column<long>(type: "INTEGER", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    browser = table.Column<string>(type: "TEXT", nullable: false),
                    ended_utc = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session", x => x.id);
                    table.ForeignKey(
                        name: "FK_session_user_user_id",
                        column: x => x.user_id,
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entry_at_ms",
                table: "audit_entry",
                column: "at_ms");

            migrationBuilder.CreateIndex(
                name: "IX_invitation_code_hash",
                table: "invitation",
                column: "code_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_session_key_hash",
                table: "session",
                column: "key_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_session_user_id",
                table: "session",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_token_header_token_id_name",
                table: "token_header",
                columns: new[] { "token_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_user_normalized_user_name",
                table: "user",
                column: "normalized_user_name",
                unique: true);

            // The audit trail only grows, whoever writes.
            migrationBuilder.Sql("CREATE TRIGGER audit_entry_is_not_changed BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END");
            migrationBuilder.Sql("CREATE TRIGGER audit_entry_is_not_deleted BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_entry");

            migrationBuilder.DropTable(
                name: "invitation");

            migrationBuilder.DropTable(
                name: "session");

            migrationBuilder.DropTable(
                name: "site");

            migrationBuilder.DropTable(
                name: "token_header");

            migrationBuilder.DropTable(
                name: "user");

            migrationBuilder.DropColumn(
                name: "read_again_ms",
                table: "quarantine_item");

            migrationBuilder.DropColumn(
                name: "place",
                table: "measuring_point");

            migrationBuilder.DropColumn(
                name: "retired_utc",
                table: "measuring_point");

            migrationBuilder.DropColumn(
                name: "version",
                table: "measuring_point");

            migrationBuilder.DropColumn(
                name: "created_by",
                table: "maintenance_window");

            migrationBuilder.DropColumn(
                name: "ended_by",
                table: "maintenance_window");

            migrationBuilder.DropColumn(
                name: "planned_until_utc",
                table: "maintenance_window");

            migrationBuilder.DropColumn(
                name: "retired_utc",
                table: "logger");

            migrationBuilder.DropColumn(
                name: "synchronise_reason",
                table: "logger");

            migrationBuilder.DropColumn(
                name: "synchronise_set_by",
                table: "logger");

            migrationBuilder.DropColumn(
                name: "synchronise_set_utc",
                table: "logger");

            migrationBuilder.DropColumn(
                name: "version",
                table: "logger");

            migrationBuilder.DropColumn(
                name: "expires_utc",
                table: "gateway_token");

            migrationBuilder.DropColumn(
                name: "gateway_id",
                table: "gateway_token");

            migrationBuilder.DropColumn(
                name: "is_headers_only",
                table: "gateway_token");

            migrationBuilder.DropColumn(
                name: "last_used_address",
                table: "gateway_token");

            migrationBuilder.DropColumn(
                name: "last_used_utc",
                table: "gateway_token");

            migrationBuilder.DropColumn(
                name: "networks",
                table: "gateway_token");

            migrationBuilder.DropColumn(
                name: "note",
                table: "gateway_token");

            migrationBuilder.DropColumn(
                name: "replaces_id",
                table: "gateway_token");

            migrationBuilder.DropColumn(
                name: "serials",
                table: "gateway_token");

            migrationBuilder.DropColumn(
                name: "version",
                table: "gateway_token");

            migrationBuilder.DropColumn(
                name: "expires_utc",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "last_used_address",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "last_used_utc",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "note",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "version",
                table: "api_token");
        }
    }
}

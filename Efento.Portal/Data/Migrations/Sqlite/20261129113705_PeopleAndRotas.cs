using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PeopleAndRotas : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte>(
                name: "pressure",
                table: "notification_recipient",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "quiet_from_minute",
                table: "notification_recipient",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "quiet_to_minute",
                table: "notification_recipient",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte>(
                name: "temperature",
                table: "notification_recipient",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                table: "notification_recipient",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "begun_utc",
                table: "delivery",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "carrier_id",
                table: "delivery",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rota",
                table: "delivery",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "notification_rota",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    from_day = table.Column<int>(type: "INTEGER", nullable: false),
                    hand_over_minute = table.Column<int>(type: "INTEGER", nullable: false),
                    people = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notification_rota", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_delivery_begun_utc",
                table: "delivery",
                column: "begun_utc");

            migrationBuilder.CreateIndex(
                name: "IX_notification_rota_key",
                table: "notification_rota",
                column: "key",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notification_rota");

            migrationBuilder.DropIndex(
                name: "IX_delivery_begun_utc",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "pressure",
                table: "notification_recipient");

            migrationBuilder.DropColumn(
                name: "quiet_from_minute",
                table: "notification_recipient");

            migrationBuilder.DropColumn(
                name: "quiet_to_minute",
                table: "notification_recipient");

            migrationBuilder.DropColumn(
                name: "temperature",
                table: "notification_recipient");

            migrationBuilder.DropColumn(
                name: "time_zone",
                table: "notification_recipient");

            migrationBuilder.DropColumn(
                name: "begun_utc",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "carrier_id",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "rota",
                table: "delivery");
        }
    }
}

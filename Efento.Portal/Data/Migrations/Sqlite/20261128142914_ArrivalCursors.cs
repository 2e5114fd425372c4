using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ArrivalCursors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "arrival_cursor",
                columns: table => new
                {
                    consumer = table.Column<string>(type: "TEXT", nullable: false),
                    last_message_id = table.Column<long>(type: "INTEGER", nullable: false),
                    saved_utc = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_arrival_cursor", x => x.consumer);
                });
            migrationBuilder.Sql(
                """
                INSERT INTO arrival_cursor (consumer, last_message_id, saved_utc)
                    SELECT 'rollups', message_id, CAST(strftime('%s', 'now') AS INTEGER) * 1000 FROM rollup_state;
                ALTER TABLE rollup_state DROP COLUMN message_id;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                ALTER TABLE rollup_state ADD COLUMN message_id INTEGER NOT NULL DEFAULT 0;
                UPDATE rollup_state SET message_id = ifnull((SELECT last_message_id FROM arrival_cursor WHERE consumer = 'rollups'), 0);
                """);
            migrationBuilder.DropTable(
                name: "arrival_cursor");
        }
    }
}

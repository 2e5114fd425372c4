using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Efento.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class NumbersThatAreNoValues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Numbers sent with ERROR or NO_VALUE counted as values, and totals that fell by a step as new meters: everything is rolled up anew.
            migrationBuilder.Sql("DELETE FROM rollup_hour; DELETE FROM rollup_day; DELETE FROM rollup_state;");

            // A serial written as a MAC address is that of 12 digits, unless both are there already.
            foreach (var table in new[] { "logger", "gateway" })
            {
                migrationBuilder.Sql(
                    $"""
                    UPDATE OR IGNORE {table} SET serial = upper(replace(replace(serial, ':', ''), '-', ''))
                    WHERE serial GLOB '[0-9A-Fa-f][0-9A-Fa-f][:-][0-9A-Fa-f][0-9A-Fa-f][:-][0-9A-Fa-f][0-9A-Fa-f][:-][0-9A-Fa-f][0-9A-Fa-f][:-][0-9A-Fa-f][0-9A-Fa-f][:-][0-9A-Fa-f][0-9A-Fa-f]';
                    """);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}

using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class SeriesConfiguration : IEntityTypeConfiguration<Series>
{
    public void Configure(EntityTypeBuilder<Series> builder)
    {
        builder.HasIndex(s => new { s.LoggerId, s.Channel, s.TypeKey }).IsUnique();
        builder.HasOne<Logger>().WithMany().HasForeignKey(s => s.LoggerId).OnDelete(DeleteBehavior.Restrict);
    }
}

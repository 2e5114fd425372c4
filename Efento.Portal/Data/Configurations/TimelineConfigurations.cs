using Efento.Portal.Devices;
using Efento.Portal.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class PointNoteConfiguration : IEntityTypeConfiguration<PointNote>
{
    public void Configure(EntityTypeBuilder<PointNote> builder)
    {
        builder.HasIndex(n => new { n.PointId, n.AtUtc });
        builder.HasOne<MeasuringPoint>().WithMany().HasForeignKey(n => n.PointId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(n => n.Version).IsConcurrencyToken();
    }
}

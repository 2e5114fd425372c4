using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class LoggerConfiguration : IEntityTypeConfiguration<Logger>
{
    public void Configure(EntityTypeBuilder<Logger> builder)
    {
        builder.HasIndex(l => l.Serial).IsUnique();
        builder.HasIndex(l => new { l.FirstTokenId, l.FirstSeenUtc });
        builder.Property(l => l.Version).HasDefaultValue(0).IsConcurrencyToken();
    }
}

internal sealed class LoggerChangeConfiguration : IEntityTypeConfiguration<LoggerChange>
{
    public void Configure(EntityTypeBuilder<LoggerChange> builder) => builder.HasKey(c => new { c.LoggerId, c.MeasuredAt });
}

internal sealed class SynchroniseChangeConfiguration : IEntityTypeConfiguration<SynchroniseChange>
{
    public void Configure(EntityTypeBuilder<SynchroniseChange> builder)
    {
        builder.HasIndex(c => new { c.LoggerId, c.AtUtc });
        builder.HasOne<Logger>().WithMany().HasForeignKey(c => c.LoggerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LocationConfiguration : IEntityTypeConfiguration<Location>
{
    public void Configure(EntityTypeBuilder<Location> builder)
    {
        builder.HasOne<Location>().WithMany().HasForeignKey(l => l.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(l => l.Version).IsConcurrencyToken();
    }
}

internal sealed class MeasuringPointConfiguration : IEntityTypeConfiguration<MeasuringPoint>
{
    // No foreign key to the location: adding one would make SQLite rebuild the table. A location can be deleted only if nothing lies in it.
    public void Configure(EntityTypeBuilder<MeasuringPoint> builder)
    {
        builder.HasIndex(p => p.LocationId);
        builder.Property(p => p.Version).HasDefaultValue(0).IsConcurrencyToken();
    }
}

internal sealed class LoggerAssignmentConfiguration : IEntityTypeConfiguration<LoggerAssignment>
{
    public void Configure(EntityTypeBuilder<LoggerAssignment> builder)
    {
        builder.HasOne<Logger>().WithMany().HasForeignKey(a => a.LoggerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<MeasuringPoint>().WithMany().HasForeignKey(a => a.PointId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class GatewayConfiguration : IEntityTypeConfiguration<Gateway>
{
    public void Configure(EntityTypeBuilder<Gateway> builder)
    {
        builder.HasIndex(g => g.Serial).IsUnique();
        builder.HasIndex(g => g.TokenId);
        builder.Property(g => g.Version).HasDefaultValue(0).IsConcurrencyToken();
    }
}

internal sealed class HeartbeatConfiguration : IEntityTypeConfiguration<Heartbeat>
{
    public void Configure(EntityTypeBuilder<Heartbeat> builder)
    {
        builder.HasKey(h => h.MessageId);
        builder.Property(h => h.MessageId).ValueGeneratedNever();
        builder.HasIndex(h => new { h.GatewayId, h.MessageId });
    }
}

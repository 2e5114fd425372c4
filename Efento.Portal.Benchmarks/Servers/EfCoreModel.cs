using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Benchmarks.Servers;

/// <summary>The tables an application would have that leaves storing to EF Core: what the portal's writer is compared with.</summary>
internal sealed class EfCoreContext(DbContextOptions<EfCoreContext> options) : DbContext(options)
{
    public DbSet<EfCoreLogger> Loggers => Set<EfCoreLogger>();

    public DbSet<EfCoreReading> Readings => Set<EfCoreReading>();

    public DbSet<EfCoreMessage> Messages => Set<EfCoreMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<EfCoreLogger>().HasIndex(l => l.Serial).IsUnique();
        modelBuilder.Entity<EfCoreReading>().HasIndex(r => new { r.LoggerId, r.Channel, r.Type, r.MeasuredAtMs }).IsUnique();
    }
}

/// <summary>A logger.</summary>
internal sealed class EfCoreLogger
{
    public int Id { get; init; }

    public required string Serial { get; init; }
}

/// <summary>A value of a logger.</summary>
internal sealed class EfCoreReading
{
    public long Id { get; init; }

    public int LoggerId { get; init; }

    public required EfCoreLogger Logger { get; init; }

    public required EfCoreMessage Message { get; init; }

    public int Channel { get; init; }

    public required string Type { get; init; }

    public long MeasuredAtMs { get; init; }

    public double Value { get; init; }
}

/// <summary>A line of the ledger.</summary>
internal sealed class EfCoreMessage
{
    public long Id { get; init; }

    public required string Address { get; init; }

    public required string Route { get; init; }

    public long ReceivedAtMs { get; init; }

    public long Bytes { get; init; }

    public int Records { get; init; }
}

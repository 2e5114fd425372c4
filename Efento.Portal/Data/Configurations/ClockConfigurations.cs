using Efento.Portal.Ingest.Clock;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class ClockCorrectionConfiguration : IEntityTypeConfiguration<ClockCorrection>
{
    public void Configure(EntityTypeBuilder<ClockCorrection> builder)
    {
        builder.HasKey(c => c.FromId);
        builder.Property(c => c.FromId).ValueGeneratedNever();
    }
}

internal sealed class ClockStateConfiguration : IEntityTypeConfiguration<ClockState>
{
    public void Configure(EntityTypeBuilder<ClockState> builder) => builder.Property(s => s.Id).ValueGeneratedNever();
}

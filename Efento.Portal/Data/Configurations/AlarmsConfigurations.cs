using System.Text.Json;
using System.Text.Json.Serialization;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.People;
using Efento.Portal.Alarms.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class AlarmRuleConfiguration : IEntityTypeConfiguration<AlarmRule>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public void Configure(EntityTypeBuilder<AlarmRule> builder)
    {
        builder.HasIndex(r => new { r.Key, r.Version }).IsUnique();
        builder.Property(r => r.Conditions).HasConversion(
            conditions => JsonSerializer.Serialize(conditions, Json),
            text => JsonSerializer.Deserialize<RuleConditions>(text, Json)!);
    }
}

internal sealed class PointPlaceConfiguration : IEntityTypeConfiguration<PointPlace>
{
    public void Configure(EntityTypeBuilder<PointPlace> builder) => builder.HasKey(p => new { p.PointId, p.FromMs });
}

internal sealed class AlarmConfiguration : IEntityTypeConfiguration<Alarm>
{
    public void Configure(EntityTypeBuilder<Alarm> builder)
    {
        builder.HasIndex(a => new { a.PointId, a.BeganMs });
        builder.HasIndex(a => a.EndedMs);
        builder.HasIndex(a => a.AcknowledgedUtc);
        builder.HasIndex(a => a.CauseId);
        builder.Property(a => a.Version).IsConcurrencyToken();
    }
}

internal sealed class AlarmEventConfiguration : IEntityTypeConfiguration<AlarmEvent>
{
    public void Configure(EntityTypeBuilder<AlarmEvent> builder) => builder.HasIndex(e => e.AlarmId);
}

internal sealed class AlarmStartConfiguration : IEntityTypeConfiguration<AlarmStart>
{
    public void Configure(EntityTypeBuilder<AlarmStart> builder) => builder.Property(s => s.Id).ValueGeneratedNever();
}

internal sealed class AlarmWordConfiguration : IEntityTypeConfiguration<AlarmWord>
{
    public void Configure(EntityTypeBuilder<AlarmWord> builder) => builder.HasIndex(w => new { w.Kind, w.Position }).IsUnique();
}

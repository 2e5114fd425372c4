using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Notifications.Push;
using Efento.Portal.Notifications.Watching;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class NotificationChannelConfiguration : IEntityTypeConfiguration<NotificationChannel>
{
    public void Configure(EntityTypeBuilder<NotificationChannel> builder) => builder.HasIndex(c => c.Key).IsUnique();
}

internal sealed class ChannelHealthConfiguration : IEntityTypeConfiguration<ChannelHealth>
{
    public void Configure(EntityTypeBuilder<ChannelHealth> builder) => builder.HasKey(h => h.Key);
}

internal sealed class NotificationRecipientConfiguration : IEntityTypeConfiguration<NotificationRecipient>
{
    public void Configure(EntityTypeBuilder<NotificationRecipient> builder)
    {
        builder.HasIndex(r => r.Address).IsUnique();
        builder.Ignore(r => r.ChannelKeys);
        builder.Ignore(r => r.Quiet);
    }
}

internal sealed class NotificationRotaConfiguration : IEntityTypeConfiguration<NotificationRota>
{
    public void Configure(EntityTypeBuilder<NotificationRota> builder)
    {
        builder.HasIndex(r => r.Key).IsUnique();
        builder.Property(r => r.FromDay).HasConversion(day => day.DayNumber, number => DateOnly.FromDayNumber(number));
        builder.Property(r => r.People).HasConversion(
            people => JsonSerializer.Serialize(people, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<RotaPeople>(text, JsonSerializerOptions.Web)!);
    }
}

internal sealed class NotificationChainConfiguration : IEntityTypeConfiguration<NotificationChain>
{
    public void Configure(EntityTypeBuilder<NotificationChain> builder)
    {
        builder.HasIndex(c => c.Key).IsUnique();
        builder.Property(c => c.Steps).HasConversion(
            steps => JsonSerializer.Serialize(steps, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<ChainSteps>(text, JsonSerializerOptions.Web)!);
    }
}

internal sealed class PushDeviceConfiguration : IEntityTypeConfiguration<PushDevice>
{
    public void Configure(EntityTypeBuilder<PushDevice> builder)
    {
        // One browser subscribes once, whoever uses it.
        builder.HasIndex(d => d.Endpoint).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(d => d.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PushIdentityConfiguration : IEntityTypeConfiguration<PushIdentity>
{
    public void Configure(EntityTypeBuilder<PushIdentity> builder) => builder.Property(i => i.Id).ValueGeneratedNever();
}

internal sealed class DrillConfirmationConfiguration : IEntityTypeConfiguration<DrillConfirmation>
{
    public void Configure(EntityTypeBuilder<DrillConfirmation> builder) => builder.HasIndex(c => c.DrillId);
}

internal sealed class NotificationWatchingConfiguration : IEntityTypeConfiguration<NotificationWatching>
{
    public void Configure(EntityTypeBuilder<NotificationWatching> builder)
    {
        builder.Ignore(w => w.MailAddresses);
        builder.Property(w => w.MailedDay).HasConversion(
            day => day == null ? (int?)null : day.Value.DayNumber, number => number == null ? null : DateOnly.FromDayNumber(number.Value));
    }
}

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.HasIndex(d => d.Key).IsUnique();
        builder.HasIndex(d => d.AlarmId);
        builder.HasIndex(d => d.DrillId).HasFilter("drill_id > 0");
        builder.HasIndex(d => new { d.State, d.NextUtc });
        builder.HasIndex(d => d.BegunUtc);

        // The ledger is listed by time, and offers the channels and people that it names.
        builder.HasIndex(d => new { d.DueUtc, d.Id });
        builder.HasIndex(d => d.Channel);
        builder.HasIndex(d => d.Address);
    }
}

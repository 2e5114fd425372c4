using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Access.Screens;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class GatewayTokenConfiguration : IEntityTypeConfiguration<GatewayToken>
{
    public void Configure(EntityTypeBuilder<GatewayToken> builder)
    {
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.Property(t => t.Version).IsConcurrencyToken();
    }
}

internal sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.Property(t => t.Version).IsConcurrencyToken();
    }
}

internal sealed class RefusalConfiguration : IEntityTypeConfiguration<Refusal>
{
    public void Configure(EntityTypeBuilder<Refusal> builder) => builder.HasIndex(r => new { r.Address, r.Reason }).IsUnique();
}

internal sealed class TokenHeaderConfiguration : IEntityTypeConfiguration<TokenHeader>
{
    public void Configure(EntityTypeBuilder<TokenHeader> builder)
    {
        builder.HasOne<GatewayToken>().WithMany().HasForeignKey(h => h.TokenId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(h => new { h.TokenId, h.Name }).IsUnique();
    }
}

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.HasIndex(u => u.NormalizedUserName).IsUnique();
        builder.Property(u => u.ConcurrencyStamp).IsConcurrencyToken();
    }
}

internal sealed class PreferencesConfiguration : IEntityTypeConfiguration<Preferences>
{
    public void Configure(EntityTypeBuilder<Preferences> builder)
    {
        builder.HasKey(p => p.UserId);
        builder.Property(p => p.UserId).ValueGeneratedNever();
        builder.HasOne<User>().WithOne().HasForeignKey<Preferences>(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.HasIndex(s => s.KeyHash).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder) => builder.HasIndex(i => i.CodeHash).IsUnique();
}

internal sealed class ScreenConfiguration : IEntityTypeConfiguration<Screen>
{
    public void Configure(EntityTypeBuilder<Screen> builder)
    {
        builder.HasIndex(s => s.CodeHash).IsUnique();
        builder.Property(s => s.Version).IsConcurrencyToken();
    }
}

internal sealed class SiteConfiguration : IEntityTypeConfiguration<Site>
{
    public void Configure(EntityTypeBuilder<Site> builder)
    {
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Version).IsConcurrencyToken();
    }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.HasIndex(e => e.AtMs);
        builder.HasIndex(e => e.Subject);
    }
}

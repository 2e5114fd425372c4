using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Quarantine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.HasIndex(m => new { m.GatewayId, m.Id });
        builder.HasIndex(m => m.FirstPortion).HasFilter("first_portion IS NOT NULL");
    }
}

internal sealed class QuarantineItemConfiguration : IEntityTypeConfiguration<QuarantineItem>
{
    public void Configure(EntityTypeBuilder<QuarantineItem> builder) =>
        builder.HasIndex(q => new { q.TokenId, q.Hash, q.Reason }).IsUnique();
}

internal sealed class KeptBodyConfiguration : IEntityTypeConfiguration<KeptBody>
{
    public void Configure(EntityTypeBuilder<KeptBody> builder)
    {
        builder.HasKey(b => b.MessageId);
        builder.Property(b => b.MessageId).ValueGeneratedNever();
        builder.HasIndex(b => new { b.GatewayId, b.MessageId });
    }
}

internal sealed class SeenShapeConfiguration : IEntityTypeConfiguration<SeenShape>
{
    public void Configure(EntityTypeBuilder<SeenShape> builder) =>
        builder.HasIndex(s => new { s.Route, s.Fingerprint }).IsUnique();
}

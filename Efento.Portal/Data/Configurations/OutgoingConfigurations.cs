using Efento.Portal.Outgoing.HomeAssistant;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class AnnouncedFeedConfiguration : IEntityTypeConfiguration<AnnouncedFeed>
{
    public void Configure(EntityTypeBuilder<AnnouncedFeed> builder) => builder.HasKey(f => new { f.Feed, f.Channel });
}

using Efento.Portal.Backup.Holding;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class PortalPlaceConfiguration : IEntityTypeConfiguration<PortalPlace>
{
    public void Configure(EntityTypeBuilder<PortalPlace> builder) => builder.Property(p => p.Id).ValueGeneratedNever();
}

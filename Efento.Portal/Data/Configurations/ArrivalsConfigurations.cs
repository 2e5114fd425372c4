using Efento.Portal.Arrivals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efento.Portal.Data.Configurations;

internal sealed class ArrivalCursorConfiguration : IEntityTypeConfiguration<ArrivalCursor>
{
    public void Configure(EntityTypeBuilder<ArrivalCursor> builder) => builder.HasKey(c => c.Consumer);
}

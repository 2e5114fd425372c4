using System.Data.Common;
using Efento.Portal.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Support;

/// <summary>A database that answers after 50 ms, as one on another machine may, once <see cref="IsLate"/> is set.</summary>
public sealed class LateDatabase : DbCommandInterceptor
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);
    private volatile bool _isLate;
    private int _late;

    /// <summary>Whether answers are late.</summary>
    public bool IsLate
    {
        get => _isLate;
        set => _isLate = value;
    }

    /// <summary>How many answers were late.</summary>
    public int Late => Volatile.Read(ref _late);

    /// <summary>Takes the database's place in a portal that is about to be built.</summary>
    public void AddTo(WebApplicationBuilder builder) =>
        builder.Services.ConfigureDbContext<PortalDbContext>(options => options.AddInterceptors(this));

    /// <inheritdoc/>
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (IsLate)
        {
            Interlocked.Increment(ref _late);
            await Task.Delay(Delay, cancellationToken);
        }

        return result;
    }
}

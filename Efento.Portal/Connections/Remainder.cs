using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Connections;

/// <summary>What is left of a request's body once it is answered.</summary>
/// <param name="MostBytes">So much of it is read.</param>
/// <param name="Longest">For so long it is read.</param>
internal sealed record Remainder(long MostBytes, TimeSpan Longest)
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>A sender that pauses longer waits for the answer or is gone.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Of somebody who was let in, whose link may be weak.</summary>
    public static Remainder OfKnown { get; } = new(128 * 1024 * 1024, TimeSpan.FromMinutes(15));

    /// <summary>Of anybody else.</summary>
    public static Remainder OfStranger { get; } = new(16 * 1024 * 1024, TimeSpan.FromSeconds(30));

    /// <summary>Reads it and drops it.</summary>
    public static async Task DropAsync(HttpContext context, Remainder bounds, TimeProvider time)
    {
        // Whoever asked before sending has its answer and sends nothing.
        if (context.Request.Headers.Expect.Count > 0)
        {
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        using var patience = new CancellationTokenSource(LongestPause, time);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var begun = time.GetTimestamp();
            var left = bounds.MostBytes;
            while (left > 0 && time.GetElapsedTime(begun) < bounds.Longest)
            {
                patience.CancelAfter(LongestPause);
                var read = await context.Request.Body.ReadAsync(buffer, patience.Token);
                if (read == 0)
                {
                    return;
                }

                left -= read;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // It is answered already, and nothing of this was to be kept.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

using Efento.Portal.Access;
using Efento.Portal.Notifications.Push;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>
/// Takes the new address of a device from its service worker (wwwroot-assets/src/renewal.ts), which has no page and no circuit. The session
/// says whose it is; as JSON, no form of another site can send it.
/// </summary>
internal static class DeviceEndpoints
{
    /// <summary>The path.</summary>
    public const string Path = "/account/device";

    /// <summary>The longest body, in bytes: two addresses, two keys, and some room.</summary>
    private const int LongestBody = 4 * 1024;

    public static void MapDevices(this WebApplication app) => app.MapPost(Path, RenewAsync)
        .ExcludeFromDescription().WithMetadata(new PageMark(), new BodyLimit()).RequireAuthorization(Policies.View);

    private static async Task<Results<NoContent, StatusCodeHttpResult, BadRequest>> RenewAsync(
        HttpContext context, RenewedDevice its, OwnDevices devices)
    {
        if (its.Old is not { } before)
        {
            return TypedResults.BadRequest();
        }

        var now = new NewDevice(its.Endpoint, its.P256dh, its.Auth, "");
        return await devices.RenewAsync(RequestActor.Of(context), before, now, context.RequestAborted) switch
        {
            DeviceOutcome.Done => TypedResults.NoContent(),
            DeviceOutcome.NotValid => TypedResults.BadRequest(),
            _ => TypedResults.StatusCode(StatusCodes.Status404NotFound),
        };
    }

    private sealed class BodyLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => LongestBody;
    }
}

/// <summary>A device with its new address (wwwroot-assets/src/renewal.ts).</summary>
/// <param name="Old">Where its push service took messages for it before.</param>
/// <param name="Endpoint">Where it takes them now.</param>
/// <param name="P256dh">Its public key.</param>
/// <param name="Auth">Its authentication secret.</param>
internal sealed record RenewedDevice(string? Old, string? Endpoint, string? P256dh, string? Auth);

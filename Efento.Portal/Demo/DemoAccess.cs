using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Microsoft.AspNetCore.Authentication;

namespace Efento.Portal.Demo;

/// <summary>
/// Controls access to the demo. Until the past is delivered, only the demo's own gateways are admitted. After that, every browser is signed
/// in as administrator, with a session and a cookie like any other user.
/// </summary>
internal sealed class DemoAccess(DemoClock clock, DemoGateways gateways, UserAccounts accounts, SignInService service) : IStartupFilter
{
    private const string Waiting =
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="2"><title>The demo is getting ready</title>
        <p>The demo is getting ready: thirty days of measurements are being delivered. This page opens by itself.</p></html>
        """;

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(InvokeAsync);
        next(app);
    };

    private Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        !clock.IsReal && !gateways.IsOwn(context.Request.Headers) ? AskToWaitAsync(context)
        : HttpMethods.IsGet(context.Request.Method) && context.Request.Path == PeopleAuthentication.SignInPath ? SignInAsync(context)
        : next(context);

    private static Task AskToWaitAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "5";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Waiting, Encoding.UTF8, context.RequestAborted);
    }

    private async Task SignInAsync(HttpContext context)
    {
        var administrator = (await accounts.ListAsync(context.RequestAborted)).First(
            u => u is { Role: Role.Administrator, DisabledUtc: null });
        var address = Networks.AddressOf(context.Connection).ToString();
        var actor = new Actor(ActorKind.Person, administrator.Email!, address, administrator.Id);
        var outcome = await service.OpenAsync(
            actor, administrator.Id, address, context.Request.Headers.UserAgent.ToString(), context.RequestAborted);
        if (outcome.SessionKey is { } key)
        {
            await context.SignInAsync(
                PeopleAuthentication.Scheme, PeopleAuthentication.Ticket(key), new AuthenticationProperties { IsPersistent = true });
        }

        context.Response.Redirect(LocalPath.Of(context.Request.Query["from"]));
    }
}

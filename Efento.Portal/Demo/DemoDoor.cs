using System.Text;
using Efento.Portal.Access;
using Microsoft.AspNetCore.Authentication;

namespace Efento.Portal.Demo;

/// <summary>
/// The demo's doorman. Until the past is delivered only the demo's own gateways get in; then whoever comes is signed in as administrator, by
/// a session and a cookie as everybody else.
/// </summary>
internal sealed class DemoDoor(DemoClock clock, DemoGateways gateways, UserAccounts accounts, SignInDesk desk) : IStartupFilter
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
        var administrator = (await accounts.ListAsync(context.RequestAborted)).First(u => u is { Role: Role.Administrator, DisabledUtc: null });
        var address = Networks.AddressOf(context.Connection).ToString();
        var actor = new Actor(ActorKind.Person, administrator.Email!, address, administrator.Id);
        var outcome = await desk.OpenAsync(actor, administrator.Id, address, context.Request.Headers.UserAgent.ToString(), context.RequestAborted);
        if (outcome.SessionKey is { } key)
        {
            await context.SignInAsync(PeopleAuthentication.Scheme, PeopleAuthentication.Ticket(key), new AuthenticationProperties { IsPersistent = true });
        }

        context.Response.Redirect(LocalPath.Of(context.Request.Query["from"]));
    }
}

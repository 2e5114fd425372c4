using Efento.Portal.Components.People;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Efento.Portal.Components.Browser;

/// <summary>
/// A component that shows the result of a query and runs the query again when the result may have changed: after a signal of the live feed,
/// when the user's rights change, and when the browser returns. Without changes it runs no queries.
/// </summary>
public abstract class LiveComponent : AskingComponent, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private IDisposable? _subscription;
    private ITimer? _turn;
    private LiveKey[] _keys = [];
    private bool _isDisposed;

    /// <summary>Changes within this time are shown together. The first one is shown at once.</summary>
    protected virtual TimeSpan Throttle => TimeSpan.FromMilliseconds(250);

    /// <summary>The browser of the circuit.</summary>
    [Inject]
    protected BrowserPresence Browser { get; set; } = null!;

    /// <summary>The user's preferences for values and times.</summary>
    [Inject]
    protected ViewPreferences View { get; set; } = null!;

    [Inject]
    private AuthenticationStateProvider Person { get; set; } = null!;

    [Inject]
    private LiveFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>
    /// Loads again whenever one of these keys is published. Replaces the keys followed before. Does nothing while prerendering.
    /// <see cref="AskingComponent.LoadAsync"/> calls it first, so that no change in between is missed.
    /// </summary>
    protected void Follow(params LiveKey[] keys)
    {
        if (RendererInfo.IsInteractive && !_isDisposed && !keys.SequenceEqual(_keys))
        {
            _subscription?.Dispose();
            _subscription = Feed.Subscribe(keys, Throttle, OnChangedAsync);
            _keys = keys;
        }
    }

    /// <summary>
    /// Calls <paramref name="turn"/> and renders again when only time changes what is shown: once after <paramref name="wait"/>, or after a
    /// day if that is less; never if it is null. Replaces the time waited for before. Does nothing while prerendering.
    /// </summary>
    protected void AwaitTurn(TimeSpan? wait, Action turn)
    {
        _turn?.Dispose();

        // A load may end after the component was disposed. A timer would then keep the component, and its whole page, in memory.
        _turn = wait is { } time && RendererInfo.IsInteractive && !_isDisposed
            ? Clock.CreateTimer(_ => _ = TurnAsync(turn), null, time < LongestWait ? time : LongestWait, Timeout.InfiniteTimeSpan)
            : null;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (RendererInfo.IsInteractive)
        {
            Browser.Returned += ShowChangesAsync;
            View.Changed += OnPreferencesChanged;
            Person.AuthenticationStateChanged += OnPersonChanged;
        }
    }

    /// <summary>Loads again and renders.</summary>
    protected async Task ReloadAsync()
    {
        if (!_isDisposed)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        Browser.Returned -= ShowChangesAsync;
        View.Changed -= OnPreferencesChanged;
        Person.AuthenticationStateChanged -= OnPersonChanged;
        _subscription?.Dispose();
        _turn?.Dispose();
        OnDispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called once when the component is disposed.</summary>
    protected virtual void OnDispose()
    {
    }

    private async Task TurnAsync(Action turn)
    {
        try
        {
            View.UseLanguage();
            await InvokeAsync(() =>
            {
                if (!_isDisposed)
                {
                    turn();
                    StateHasChanged();
                }
            });
        }
        catch (Exception exception) when (!_isDisposed)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private void OnPersonChanged(Task<AuthenticationState> state) => _ = ShowChangesAsync();

    // Without a browser nobody sees the page, and everything is loaded again when the browser returns.
    private Task OnChangedAsync() => Browser.IsHere ? ShowChangesAsync() : Task.CompletedTask;

    private void OnPreferencesChanged() => _ = OnChangedAsync();

    /// <summary>Loads again and renders; may be called on any thread. A failure is handled like any other failure of the page.</summary>
    protected async Task ShowChangesAsync()
    {
        try
        {
            // A signal runs in the context of whatever caused it, with another language or none.
            View.UseLanguage();
            await InvokeAsync(ReloadAsync);
        }
        catch (Exception exception) when (!_isDisposed)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}

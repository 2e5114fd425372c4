using System.Security.Cryptography;
using System.Text.Json;
using Efento.Portal.Notifications.Channels;
using Microsoft.AspNetCore.DataProtection;

namespace Efento.Portal.Notifications;

/// <summary>Encrypts the secrets of channels for the database, and decrypts them.</summary>
internal sealed class ChannelVault(IDataProtectionProvider protection)
{
    /// <summary>What the secrets are encrypted for. With another name, those that are stored could not be read any more.</summary>
    private const string Purpose = "Efento.Portal.Notifications";

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    /// <summary>Writes settings into a row.</summary>
    public void Store(ChannelSettings settings, NotificationChannel row)
    {
        row.Kind = settings.Kind;
        row.Settings = JsonSerializer.Serialize(ChannelSecrets.Without(settings), JsonSerializerOptions.Web);
        var secrets = ChannelSecrets.Of(settings);
        row.Secrets = secrets.IsEmpty ? null : _protector.Protect(JsonSerializer.Serialize(secrets, JsonSerializerOptions.Web));
    }

    /// <summary>Encrypts one secret.</summary>
    public string Seal(string secret) => _protector.Protect(secret);

    /// <summary>Decrypts one secret; null if there is none, or if the keys with which it was encrypted are gone.</summary>
    public string? Unseal(string? secret)
    {
        try
        {
            return secret is null ? null : _protector.Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The settings of a row without its secrets.</summary>
    public static ChannelSettings OpenSettings(NotificationChannel row) =>
        JsonSerializer.Deserialize<ChannelSettings>(row.Settings, JsonSerializerOptions.Web)!;

    /// <summary>The settings of a row with its secrets; null if the keys with which they were encrypted are gone.</summary>
    public ChannelSettings? Open(NotificationChannel row)
    {
        var settings = OpenSettings(row);
        if (row.Secrets is null)
        {
            return settings;
        }

        try
        {
            return JsonSerializer.Deserialize<ChannelSecrets>(_protector.Unprotect(row.Secrets), JsonSerializerOptions.Web)!.In(settings);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

using System.Globalization;

namespace ForensicHeads.Datasets.Consent;

/// <summary>Stands before every generation: a licence is not consent.</summary>
public static class ConsentGate
{
    /// <summary>Lets generation of this person for this purpose pass, or says why not.</summary>
    /// <param name="store">The store that holds the person's frames and consent record.</param>
    /// <param name="identity">The person.</param>
    /// <param name="purpose">What is about to be done, such as <see cref="ConsentPurpose.SelfReenactment"/>.</param>
    /// <param name="time">The clock against which expiry is judged.</param>
    /// <returns>The record that allows it, for the log.</returns>
    /// <exception cref="UserErrorException">No such person, <c>may_generate</c> false, no record, expired, or out of scope.</exception>
    public static ConsentRecord Check(FrameStore store, string identity, string purpose, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        var frames = store.FramesOf(identity).ToArray();
        if (frames.Length == 0) throw new UserErrorException(
            $"'{identity}' is not in {store.Path}. Choose one of its {store.Identities.Count()} people.");
        var barred = frames.Count(frame => !frame.MayGenerate);
        if (barred > 0)
        {
            throw new UserErrorException(
                $"'{identity}' must not be generated: may_generate is false for {barred} of {frames.Length} frames in {store.Path}. "
                + "Choose a person who may be, or ingest again with a manifest that says so if you hold the right.");
        }

        return Check(ConsentFile.Read(store), identity, purpose, time, store.Path);
    }

    /// <summary>Why generation of this person for this purpose is refused, for those who go on without the person; null where it may
    /// pass.</summary>
    /// <inheritdoc cref="Check(FrameStore, string, string, TimeProvider)"/>
    public static string? Refusal(FrameStore store, string identity, string purpose, TimeProvider time)
    {
        try
        {
            Check(store, identity, purpose, time);
            return null;
        }
        catch (UserErrorException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>The people of a store whom a purpose may be done to, for those who go on without the others.</summary>
    /// <param name="store">The store.</param>
    /// <param name="purpose">What is about to be done.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">The store's consent file cannot be understood.</exception>
    public static IReadOnlySet<string> Allowed(FrameStore store, string purpose, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        var barred = store.Clips.Where(clip => !clip.Row.MayGenerate).Select(clip => clip.Row.Identity).ToHashSet(StringComparer.Ordinal);
        return ConsentFile.Read(store).Where(record => !barred.Contains(record.Identity) && Holds(record)).Select(record => record.Identity)
            .ToHashSet(StringComparer.Ordinal);

        bool Holds(ConsentRecord record)
        {
            try
            {
                Check([record], record.Identity, purpose, time, store.Path);
                return true;
            }
            catch (UserErrorException)
            {
                return false;
            }
        }
    }

    /// <summary>As above, for a head, which carries the record that it was made on.</summary>
    /// <inheritdoc cref="Check(FrameStore, string, string, TimeProvider)"/>
    /// <param name="record">The head's.</param>
    /// <param name="identity">The person.</param>
    /// <param name="purpose">What is about to be done.</param>
    /// <param name="time">The clock.</param>
    /// <param name="head">The head's file, for the message.</param>
    public static ConsentRecord CheckHead(ConsentRecord record, string identity, string purpose, TimeProvider time, string head) =>
        Check([record], identity, purpose, time, head, $"The record stands in the head {head}, as it was when the head was made: correct "
            + $"it in the store's {ConsentFile.Name}, or in the file of --consent, and make the head again with 'adapt'.");

    /// <summary>As above, for records that came from elsewhere, such as <c>--consent FILE</c> beside a photo.</summary>
    /// <inheritdoc cref="Check(FrameStore, string, string, TimeProvider)"/>
    /// <param name="records">The records.</param>
    /// <param name="identity">The person.</param>
    /// <param name="purpose">What is about to be done.</param>
    /// <param name="time">The clock.</param>
    /// <param name="where">Where the records lie, for the message.</param>
    public static ConsentRecord Check(IReadOnlyList<ConsentRecord> records, string identity, string purpose, TimeProvider time,
        string where) => Check(records, identity, purpose, time, where, $"The record stands in {where}.");

    private static ConsentRecord Check(IReadOnlyList<ConsentRecord> records, string identity, string purpose, TimeProvider time,
        string where, string place)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(time);
        var record = records.FirstOrDefault(record => record.Identity == identity)
            ?? throw new UserErrorException(
            $"'{identity}' has no consent record in {where}. Add one to {ConsentFile.Name} (identity, basis, scope, expires, contact) if "
            + "the person agreed.");
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (record.Expires is { } last && today > last)
        {
            throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
                $"The consent record of '{identity}' ended on {last:yyyy-MM-dd}. Ask {record.Contact} to renew it. {place}"));
        }

        if (!record.Scope.Contains(ConsentRecord.AnyPurpose, StringComparer.OrdinalIgnoreCase)
            && !record.Scope.Contains(purpose, StringComparer.OrdinalIgnoreCase))
        {
            throw new UserErrorException(
                $"The consent record of '{identity}' does not cover '{purpose}': it allows {string.Join(", ", record.Scope)}. Stay "
                + $"within it, or ask {record.Contact}. {place}");
        }

        return record;
    }
}

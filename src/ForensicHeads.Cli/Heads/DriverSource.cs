using System.CommandLine;

namespace ForensicHeads.Cli.Heads;

/// <summary>Where the driver of <c>generate</c> comes from: a video of a store, or a video or photo as a file.</summary>
internal sealed class DriverSource
{
    private readonly Option<string> drive = Options.Required<string>("--drive",
        "What drives it: a video of a store, or a video or photo file (which needs --consent and the face models).", "STORE:VIDEO|FILE");
    private readonly GivenConsent consent = new("--drive FILE");
    private readonly Option<string?> models =
        Options.Optional<string?>("--models", "Folder to look for the face models in first, for --drive FILE.", "DIR");
    private readonly Option<string?> purpose = Options.Optional<string?>("--purpose",
        $"A purpose that both consent records must cover besides {ConsentPurpose.SelfReenactment}, or {ConsentPurpose.CrossReenactment} "
        + "where somebody else drives.", "TEXT");

    public void AddTo(Command command)
    {
        command.Options.Add(drive);
        command.Options.Add(models);
        command.Options.Add(purpose);
        consent.AddTo(command);
    }

    /// <summary>Checks consent, opens the driver and lets it be used.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="head">The head that is driven.</param>
    /// <param name="allows">Lets generation of the head's person for a purpose pass, or throws.</param>
    /// <param name="use">Takes the driver, what driving the head by it is (<see cref="Consent"/>), and whether its landmarks were tracked
    /// just now.</param>
    public T Use<T>(CommandRun run, HeadOrigin head, Action<string> allows, Func<DriverVideo, string, bool, T> use)
    {
        var text = run.Get(drive);
        if (!File.Exists(text))
        {
            var driver = StoreVideo.Open(run, "--drive", text);
            consent.Refuse(run, "--drive STORE:VIDEO");
            var kind = Consent.Kind(head, driver);
            if (kind == ConsentPurpose.CrossReenactment && head.Identity == driver.Identity) run
                .Warn($"'{driver.Identity}' of {driver.Store.Path} counts as somebody else than '{head.Identity}' of the head: the store "
                + "and the consent record are others.");
            Gate(kind, wanted => ConsentGate.Check(driver.Store, driver.Identity, wanted, run.Context.Time));
            return use(driver, kind, false);
        }

        var (records, who, file) = consent.Read(run);
        var driving = Consent.Kind(head, who, records);
        ConsentRecord record = null!;
        Gate(driving, wanted => record = ConsentGate.Check(records, who, wanted, run.Context.Time, file));
        var options = CropRule.Of(head.CropSpecification ?? "", head.Size);
        using var cropper = FaceCropper.Load(run.Find(models));
        using var media = CroppedMedia.Driver(text, record, options, cropper, run.Warn, run.Progress, run.Cancellation);
        return use(DriverVideo.Of(media), driving, true);

        // The head carries the record it was made on; it may have ended since. The driver's face is used, too.
        // A purpose of the user's comes on top: it cannot stand in for what is really done.
        void Gate(string kind, Action<string> check)
        {
            foreach (var wanted in run.Find(purpose) is { } more ? new[] { kind, more } : [kind])
            {
                allows(wanted);
                check(wanted);
            }
        }
    }
}

/// <summary>The <c>STORE:VIDEO</c> of the command line.</summary>
internal static class StoreVideo
{
    /// <summary>Opens the store and finds the video. The last colon parts them: folders may hold colons.</summary>
    /// <exception cref="UserErrorException">Not of that form (exit code 2), no such store, or no such video.</exception>
    public static DriverVideo Open(CommandRun run, string option, string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 1 || colon == text.Length - 1)
            throw new UserErrorException(
                $"{option} is '{text}'; give a store and one of its videos as STORE:VIDEO, such as "
                + $"data/heads:p70000-v0{(option == "--drive" ? ", or a file that exists" : "")}.", exitCode: 2);
        return DriverVideo.Of(run.OpenStore(text[..colon]), text[(colon + 1)..]);
    }
}

/// <summary>The purpose for which <c>generate</c> asks for consent.</summary>
internal static class Consent
{
    /// <summary>What driving a head is: self-reenactment only where the driver is surely the head's person.</summary>
    /// <remarks>A name says who somebody is within one store only: the shots must come from the driver's store, or both stores hold the
    /// same consent record.</remarks>
    public static string Kind(HeadOrigin head, DriverVideo driver)
    {
        if (head.Identity == driver.Identity && head.StoreSha256 == driver.Store.ContentHash) return ConsentPurpose.SelfReenactment;
        return Kind(head, driver.Identity, ConsentFile.Read(driver.Store));
    }

    /// <summary>As above, for a driver that lies in no store of its own.</summary>
    public static string Kind(HeadOrigin head, string driver, IReadOnlyList<ConsentRecord> records)
    {
        if (head.Identity != driver) return ConsentPurpose.CrossReenactment;
        var record = records.FirstOrDefault(record => record.Identity == driver);
        return CanonicalJson.ToLine(record) == CanonicalJson.ToLine<ConsentRecord?>(head.Consent) ? ConsentPurpose.SelfReenactment
            : ConsentPurpose.CrossReenactment;
    }
}

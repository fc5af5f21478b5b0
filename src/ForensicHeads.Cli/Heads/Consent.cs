using ForensicHeads.Datasets;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Heads;
using ForensicHeads.Generator.Output;

namespace ForensicHeads.Cli.Heads;

/// <summary>The gate before <c>adapt</c> and <c>generate</c>: only people with <c>may_generate</c> and a consent record that holds.</summary>
internal static class Consent
{
    /// <summary>The purpose of driving a person by their own landmarks.</summary>
    public const string Self = "self-reenactment";

    /// <summary>The purpose of driving a person by somebody else's.</summary>
    public const string Cross = "cross-reenactment";

    /// <summary>What driving a head is: self-reenactment only where the driver is surely the head's person.</summary>
    /// <remarks>A name says who somebody is within one store only: the shots must come from the driver's store, or both stores hold the same consent record.</remarks>
    public static string Kind(HeadInfo head, DriverVideo driver)
    {
        if (head.Identity != driver.Identity) return Cross;
        if (head.StoreSha256 == driver.Store.ContentHash) return Self;
        var record = ConsentFile.Read(driver.Store).FirstOrDefault(record => record.Identity == driver.Identity);
        return CanonicalJson.ToLine(record) == CanonicalJson.ToLine<ConsentRecord?>(head.Consent) ? Self : Cross;
    }

    /// <summary>The record that allows it: from the user's file if one was given, else from the store.</summary>
    /// <exception cref="UserErrorException">It is not allowed; says why.</exception>
    public static ConsentRecord Check(DriverVideo video, string purpose, string? file, TimeProvider time)
    {
        if (file is null) return ConsentGate.Check(video.Store, video.Identity, purpose, time);

        // A file speaks for the person, not for the footage: what the store bars stays barred.
        var frames = video.Store.FramesOf(video.Identity).ToArray();
        var barred = frames.Count(frame => !frame.MayGenerate);
        if (barred > 0)
        {
            throw new UserErrorException($"'{video.Identity}' must not be generated: may_generate is false for {barred} of {frames.Length} frames in {video.Store.Path}. Choose a person who may be, or ingest again with a manifest that says so if you hold the right.");
        }

        return ConsentGate.Check(ConsentFile.Read(file), video.Identity, purpose, time, file);
    }
}

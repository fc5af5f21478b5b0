using ForensicHeads.Datasets;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Heads;
using ForensicHeads.Generator.Output;

namespace ForensicHeads.Cli.Heads;

/// <summary>The purposes for which <c>adapt</c> and <c>generate</c> ask for consent.</summary>
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
}

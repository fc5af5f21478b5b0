namespace ForensicHeads.Cli.Heads;

/// <summary>The purpose for which <c>generate</c> asks for consent.</summary>
internal static class Consent
{
    /// <summary>What driving a head is: self-reenactment only where the driver is surely the head's person.</summary>
    /// <remarks>A name says who somebody is within one store only: the shots must come from the driver's store, or both stores hold the same consent record.</remarks>
    public static string Kind(HeadInfo head, DriverVideo driver)
    {
        if (head.Identity == driver.Identity && head.StoreSha256 == driver.Store.ContentHash) return ConsentPurpose.SelfReenactment;
        return Kind(head, driver.Identity, ConsentFile.Read(driver.Store));
    }

    /// <summary>As above, for a driver that lies in no store of its own.</summary>
    public static string Kind(HeadInfo head, string driver, IReadOnlyList<ConsentRecord> records)
    {
        if (head.Identity != driver) return ConsentPurpose.CrossReenactment;
        var record = records.FirstOrDefault(record => record.Identity == driver);
        return CanonicalJson.ToLine(record) == CanonicalJson.ToLine<ConsentRecord?>(head.Consent) ? ConsentPurpose.SelfReenactment : ConsentPurpose.CrossReenactment;
    }
}

using System.Threading.Tasks;
using Gemlive;

// Sessions that never get a connection: what can be seen without a server.
internal static class Dead
{
    public static LiveOptions Options()
    {
        return new LiveOptions
        {
            BaseUrl = "ws://127.0.0.1:1",
            ApiKey = "test-key",
            OutageBudgetMs = 86400000,
            RetryIntervalMs = 86400000,
        };
    }

    public static LiveSession Start(LiveOptions options = null)
    {
        using (LiveModel model = new LiveModel(options ?? Options()))
        {
            return model.StartSession();
        }
    }

    // Takes what waits until there is an event of a class.
    public static T Take<T>(LiveSession session) where T : LiveEvent
    {
        return Check.Result(TakeAsync<T>(session));
    }

    public static async Task<T> TakeAsync<T>(LiveSession session) where T : LiveEvent
    {
        LiveEvent last = null;
        LiveEvent next;
        while ((next = await session.NextAsync()) != null)
        {
            last = next;
            if (next is T wanted)
            {
                return wanted;
            }
        }
        throw new CheckFailed("no " + typeof(T).Name + " before " + last);
    }
}

//! What a process costs, as the kernel accounts for it: CPU time, memory, open files.

use load::http::Failure;

/// The kernel counts CPU time in hundredths of a second on every Linux that we serve (`getconf CLK_TCK`).
const TICK_MS: u64 = 10;

/// CPU time so far, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Cpu {
    /// Of the server.
    pub server: u64,
    /// Of the database's own processes.
    pub database: u64,
}

impl Cpu {
    /// Of both.
    pub fn all(self) -> u64 {
        self.server + self.database
    }

    /// What was spent since an earlier reading.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self { server: self.server - earlier.server, database: self.database - earlier.database }
    }
}

impl Cpu {
    /// Of the server, and of PostgreSQL where that is the database: the process id of its first process.
    ///
    /// # Errors
    /// When one of them is gone.
    pub fn spent(server: u32, database: Option<u32>) -> Result<Self, Failure> {
        Ok(Self { server: cpu_of(server)?, database: database.map_or(Ok(0), family)? })
    }
}

/// CPU time of a process so far, milliseconds.
///
/// # Errors
/// When it is gone.
pub fn cpu_of(id: u32) -> Result<u64, Failure> {
    Ok(spent(id)?.own)
}

/// The most memory that a process ever held, in MiB.
///
/// # Errors
/// When it is gone.
pub fn peak_rss_mib(id: u32) -> Result<u64, Failure> {
    Ok(memory_kib(&id.to_string(), "VmHWM:")? / 1024)
}

/// The memory that a process holds now, in KiB.
///
/// # Errors
/// When it is gone.
pub fn rss_kib(id: u32) -> Result<u64, Failure> {
    memory_kib(&id.to_string(), "VmRSS:")
}

/// Begins to count the most memory that this process held anew (proc(5), `clear_refs`); what it holds now, in MiB.
///
/// # Errors
/// When the kernel does not allow it.
pub fn forget_own_peak() -> Result<u64, Failure> {
    std::fs::write("/proc/self/clear_refs", "5")?;
    Ok(memory_kib("self", "VmRSS:")? / 1024)
}

/// The most memory that this process held since then, in MiB.
///
/// # Errors
/// When the kernel does not tell.
pub fn own_peak_mib() -> Result<u64, Failure> {
    Ok(memory_kib("self", "VmHWM:")? / 1024)
}

fn memory_kib(process: &str, line: &str) -> Result<u64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let told = status.lines().find_map(|told| told.strip_prefix(line)).ok_or("the kernel tells no memory")?;
    Ok(told.trim().trim_end_matches(" kB").trim().parse()?)
}

/// How many files and connections a process may have open at a time.
///
/// # Errors
/// When it is gone.
pub fn most_open_files(id: u32) -> Result<usize, Failure> {
    let limits = std::fs::read_to_string(format!("/proc/{id}/limits"))?;
    soft_limit(&limits, "Max open files").ok_or_else(|| "the kernel tells no limit of open files".into())
}

/// The soft limit of this name (proc(5), `limits`), the first of the two.
fn soft_limit(limits: &str, name: &str) -> Option<usize> {
    let told = limits.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?;
    if told == "unlimited" { Some(usize::MAX) } else { told.parse().ok() }
}

struct Spent {
    parent: u32,
    /// User and system time of the process itself, milliseconds.
    own: u64,
    /// The same of its ended children.
    children: u64,
}

/// Reads `/proc/{id}/stat` (proc(5)): fields 4, 14 to 17.
fn spent(id: u32) -> Result<Spent, Failure> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    let fields: Vec<&str> = stat.rsplit_once(')').ok_or("an unreadable stat")?.1.split_whitespace().collect();
    let number = |n: usize| fields.get(n - 3).and_then(|field| field.parse::<u64>().ok()).ok_or("an unreadable stat");
    Ok(Spent {
        parent: u32::try_from(number(4)?)?,
        own: (number(14)? + number(15)?) * TICK_MS,
        children: (number(16)? + number(17)?) * TICK_MS,
    })
}

/// CPU time of PostgreSQL's first process and of all that it started, ended ones included.
fn family(first: u32) -> Result<u64, Failure> {
    let root = spent(first)?;
    let mut all = root.own + root.children;
    for entry in std::fs::read_dir("/proc")? {
        let Some(id) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // Processes come and go while we look.
        if let Ok(child) = spent(id)
            && child.parent == first
        {
            all += child.own;
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_limit_is_the_first_of_the_two() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units     \n\
                      Max processes             unlimited            unlimited            processes \n\
                      Max open files            1024                 20000                files     \n";
        assert_eq!(soft_limit(limits, "Max open files"), Some(1_024));
        assert_eq!(soft_limit(limits, "Max processes"), Some(usize::MAX));
        assert_eq!(soft_limit(limits, "Max locked memory"), None);
    }
}
